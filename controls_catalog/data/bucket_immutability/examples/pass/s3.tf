resource "aws_s3_bucket" "data" {
  bucket              = "training-data"
  object_lock_enabled = true
}

resource "aws_s3_bucket_object_lock_configuration" "data" {
  bucket = aws_s3_bucket.data.id

  rule {
    default_retention {
      mode = "COMPLIANCE"
      days = 400
    }
  }
}
