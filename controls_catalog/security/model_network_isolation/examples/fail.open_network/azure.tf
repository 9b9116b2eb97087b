resource "azurerm_machine_learning_workspace" "ml" {
  name                = "ml"
  location            = "westeurope"
  resource_group_name = "ml"

  managed_network {
    isolation_mode = "AllowInternetOutbound"
  }
}
