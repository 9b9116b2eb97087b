resource "kubernetes_namespace_v1" "ml" {
  metadata {
    name = "ml"
  }
}
