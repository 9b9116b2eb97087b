resource "azurerm_machine_learning_workspace" "ml" {
  name                = "ml"
  location            = "westeurope"
  resource_group_name = "ml"

  identity {
    type = "SystemAssigned"
  }
}

resource "azurerm_role_assignment" "ml" {
  scope                = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/ml"
  role_definition_name = "Storage Blob Data Reader"
  principal_id         = azurerm_machine_learning_workspace.ml.identity[0].principal_id
}
