resource "azurerm_cognitive_account" "chat" {
  name                = "chat"
  location            = "westeurope"
  resource_group_name = "ml"
  kind                = "OpenAI"
  sku_name            = "S0"
}

resource "azurerm_monitor_diagnostic_setting" "chat" {
  name                       = "requests"
  target_resource_id         = azurerm_cognitive_account.chat.id
  log_analytics_workspace_id = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/ml/providers/Microsoft.OperationalInsights/workspaces/ml"

  enabled_log {
    category = "RequestResponse"
  }
}
