"""The atelier: models, glazes, paints and photographs the demonstration pieces."""
