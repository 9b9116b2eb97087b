resource "aws_sagemaker_endpoint" "scoring" {
  name                 = "scoring"
  endpoint_config_name = "scoring"
}

resource "aws_sagemaker_data_quality_job_definition" "drift" {
  name     = "drift"
  role_arn = "arn:aws:iam::111122223333:role/drift"

  data_quality_app_specification {
    image_uri = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/monitor:1"
  }

  data_quality_baseline_config {
    constraints_resource {
      s3_uri = "s3://scoring-drift/baseline/constraints.json"
    }
  }

  data_quality_job_input {
    endpoint_input {
      endpoint_name = aws_sagemaker_endpoint.scoring.name
    }
  }

  data_quality_job_output_config {
    monitoring_outputs {
      s3_output {
        s3_uri = "s3://scoring-drift/results"
      }
    }
  }

  job_resources {
    cluster_config {
      instance_count    = 1
      instance_type     = "ml.m5.large"
      volume_size_in_gb = 20
    }
  }
}

resource "aws_sagemaker_monitoring_schedule" "drift" {
  name = "drift"

  monitoring_schedule_config {
    monitoring_job_definition_name = aws_sagemaker_data_quality_job_definition.drift.name
    monitoring_type                = "DataQuality"

    schedule_config {
      schedule_expression = "cron(0 6 ? * MON *)"
    }
  }
}
