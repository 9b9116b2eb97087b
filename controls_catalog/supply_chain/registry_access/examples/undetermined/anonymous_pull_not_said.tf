resource "azurerm_container_registry" "serving" {
  name                = "serving"
  location            = "westeurope"
  resource_group_name = "ml"
  sku                 = "Standard"
}
