resource "aws_iam_role" "scoring" {
  name               = "scoring"
  assume_role_policy = "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Principal\": {\"AWS\": \"*\", \"Service\": \"sagemaker.amazonaws.com\"}}]}"
}
