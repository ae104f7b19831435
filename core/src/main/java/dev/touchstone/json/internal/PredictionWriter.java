package dev.touchstone.json.internal;

import dev.touchstone.prediction.Forecast;
import dev.touchstone.prediction.Forecast.Reliability;
import dev.touchstone.prediction.Prediction;
import dev.touchstone.scoring.Interval;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Writes the predictions for a customer and for all customers. */
public final class PredictionWriter {

    private static final String PROPERTY = "predicted";

    private final JsonGenerator json;

    /** Creates a writer. */
    public PredictionWriter(JsonGenerator json) {
        this.json = json;
    }

    /** Writes the property {@code predicted} of a customer; null if there is no prediction. */
    public void writeCustomer(Optional<Prediction> prediction) {
        json.writeName(PROPERTY);
        prediction.ifPresentOrElse(this::write, json::writeNull);
    }

    private void write(Prediction prediction) {
        json.writeStartObject();
        write(prediction.satisfied(), prediction.interval());
        json.writeNumberProperty("answers", prediction.answers());
        json.writeObjectPropertyStart("terms");
        prediction.explanation().forEach(json::writeNumberProperty);
        json.writeEndObject();
        json.writeEndObject();
    }

    /** Writes the property {@code predicted} of a scoreboard; null if there is no prediction. */
    public void writeEverybody(Optional<Forecast> forecast) {
        json.writeName(PROPERTY);
        forecast.ifPresentOrElse(this::write, json::writeNull);
    }

    private void write(Forecast forecast) {
        json.writeStartObject();
        json.writeObjectPropertyStart("everybody");
        write(forecast.satisfied(), forecast.interval());
        json.writeNumberProperty("customers", forecast.customers());
        json.writeEndObject();
        json.writeObjectPropertyStart("answered");
        write(forecast.satisfiedOfAnswers(), forecast.intervalOfAnswers());
        json.writeNumberProperty("answers", forecast.answers());
        json.writeEndObject();
        json.writeNumberProperty("calibrationError", forecast.reliability().calibrationError());
        json.writeArrayPropertyStart("reliability");
        for (Reliability.Quantile quantile : forecast.reliability().quantiles()) {
            json.writeStartObject();
            json.writeNumberProperty("answers", quantile.answers());
            json.writeNumberProperty("predicted", quantile.predicted());
            json.writeNumberProperty("seen", quantile.seen());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(double satisfied, Interval interval) {
        json.writeNumberProperty("satisfied", satisfied);
        json.writeNumberProperty("low", interval.low());
        json.writeNumberProperty("high", interval.high());
    }
}
