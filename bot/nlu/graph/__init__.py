"""The components as Rasa knows them; nlu_data/config.yml names them by their path."""
