resource "aws_ecr_repository" "serving" {
  name                 = "serving"
  image_tag_mutability = "IMMUTABLE"
}

resource "aws_ecr_repository_policy" "serving" {
  repository = aws_ecr_repository.serving.name
  policy     = "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"ecr:BatchGetImage\", \"Principal\": {\"AWS\": \"arn:aws:iam::444455556666:root\"}}]}"
}
