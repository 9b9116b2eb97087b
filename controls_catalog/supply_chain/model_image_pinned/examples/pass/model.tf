resource "aws_sagemaker_model" "scoring" {
  name               = "scoring-3-4-1"
  execution_role_arn = "arn:aws:iam::111122223333:role/scoring"

  primary_container {
    image          = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/scoring@sha256:3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f"
    model_data_url = "s3://scoring-models-111122223333/3.4.1/model.tar.gz"
  }
}
