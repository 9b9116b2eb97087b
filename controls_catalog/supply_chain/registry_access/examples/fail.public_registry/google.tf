resource "google_artifact_registry_repository_iam_member" "pull" {
  repository = "serving"
  location   = "europe-west3"
  role       = "roles/artifactregistry.reader"
  member     = "allUsers"
}
