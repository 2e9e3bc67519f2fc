package io.strandline.example;

import io.strandline.api.function.Collector;
import io.strandline.api.function.Configuration;
import io.strandline.api.function.ConfigurationException;
import io.strandline.api.function.Context;
import io.strandline.api.function.OpenContext;
import io.strandline.api.function.RowFunction;
import io.strandline.api.state.StateDescriptor;
import io.strandline.api.state.ValueState;
import io.strandline.api.type.Columns;
import io.strandline.api.type.Row;
import io.strandline.api.type.Types;

/**
 * Learns, flight by flight, which departures will be late: a logistic regression for each airport, trained by gradient descent. Each
 * flight is foretold before it is learnt from, so the accuracy is that of a model that has not seen the answer.
 */
public final class LateDepartures implements RowFunction {

    /** What an airport's model is: its weights and how it has done so far. */
    public record Model(double bias, double distance, double hour, double hourSquared, long seen, long correct) {

        double probability(Flight flight) {
            double score = bias
                    + distance * flight.distance()
                    + hour * flight.hour()
                    + hourSquared * flight.hour() * flight.hour();
            return 1 / (1 + Math.exp(-score));
        }

        Model learn(Flight flight, double rate) {
            double probability = probability(flight);
            double step = rate * ((flight.late() ? 1 : 0) - probability);
            boolean right = probability > 0.5 == flight.late();
            return new Model(
                    bias + step,
                    distance + step * flight.distance(),
                    hour + step * flight.hour(),
                    hourSquared + step * flight.hour() * flight.hour(),
                    seen + 1,
                    correct + (right ? 1 : 0));
        }
    }

    /** What a model looks at: thousands of miles, the time of day from -1 to 1, and what there is to foretell. */
    record Flight(double distance, double hour, boolean late) {}

    private static final long DAY = 86_400_000;
    private static final Columns OUTPUT = Columns.none()
            .and("origin", Types.STRING)
            .and("flights", Types.LONG)
            .and("accuracy", Types.DOUBLE);

    private double rate;
    private long lateMinutes;
    private long reportEvery;
    private ValueState<Model> models;

    @Override
    public Columns configure(Configuration config, Columns input) {
        config.allow("rate", "lateMinutes", "reportEvery");
        rate = config.real("rate", 0.05);
        lateMinutes = config.number("lateMinutes", 15L);
        reportEvery = config.number("reportEvery", 100L);
        if (rate <= 0) {
            throw new ConfigurationException("rate", "a rate above 0 is expected; found " + rate);
        }
        for (String column : new String[] {"date", "delay", "distance", "origin"}) {
            input.indexOf(column);
        }
        return OUTPUT;
    }

    @Override
    public void open(OpenContext context) {
        models = context.state(StateDescriptor.value("model", Types.record(Model.class)));
    }

    @Override
    public void process(Row row, Context<Row> context, Collector<Row> out) {
        double hour = (double) Math.floorMod(row.getLong("date"), DAY) / DAY * 2 - 1;
        Flight flight = new Flight(row.getLong("distance") / 1000.0, hour, row.getLong("delay") > lateMinutes);
        Model model = models.valueOr(new Model(0, 0, 0, 0, 0, 0)).learn(flight, rate);
        models.update(model);
        if (model.seen() % reportEvery == 0) {
            out.collect(Row.of(OUTPUT, row.getString("origin"), model.seen(), (double) model.correct() / model.seen()));
        }
    }
}
