resource "aws_ecr_repository" "scorer" {
  name                 = "scorer"
  image_tag_mutability = "IMMUTABLE"

  image_scanning_configuration {
    scan_on_push = true
  }
}
