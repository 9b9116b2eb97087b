resource "google_vertex_ai_endpoint" "scoring" {
  name         = "scoring"
  display_name = "scoring"
  location     = "europe-west3"
}
