resource "aws_iam_role" "scoring" {
  name                = "scoring"
  managed_policy_arns = []
  assume_role_policy  = "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Principal\": {\"Service\": \"sagemaker.amazonaws.com\"}}]}"

  inline_policy {
    name   = "models"
    policy = "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::scoring-models-111122223333/*\"}]}"
  }
}
