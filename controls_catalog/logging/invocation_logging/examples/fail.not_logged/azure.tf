resource "azurerm_cognitive_account" "chat" {
  name                = "chat"
  location            = "westeurope"
  resource_group_name = "ml"
  kind                = "OpenAI"
  sku_name            = "S0"
}
