resource "aws_ssm_parameter" "status" {
  name = "versioning"
  type = "String"
}

resource "aws_s3_bucket" "data" {
  bucket = "training-data"
}

resource "aws_s3_bucket_versioning" "data" {
  bucket = aws_s3_bucket.data.id

  versioning_configuration {
    status = aws_ssm_parameter.status.insecure_value
  }
}
