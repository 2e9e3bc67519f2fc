package io.strandline.runner.embedded;

import io.strandline.runner.CompatibilityReport;
import io.strandline.runner.CompatibilityReport.StateLine;
import io.strandline.runner.CompatibilityReport.Verdict;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.SchemaEvolution;
import io.strandline.snapshot.StateContent;
import io.strandline.snapshot.StateSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares the states of a version with those that a pipeline declares. An operator's name is its identity: renaming one
 * drops its state.
 */
final class Compatibility {

    private Compatibility() {}

    /**
     * @param version the version to go on from
     * @param declared each operator's states under the pipeline, and how rows on their way to it are described
     */
    static CompatibilityReport of(Manifest version, Map<String, List<StateSchema>> declared) {
        Map<StateName, StateSchema> now = new LinkedHashMap<>();
        declared.forEach((operator, schemas) ->
                schemas.forEach(schema -> now.put(new StateName(operator, schema.name()), schema)));
        List<StateLine> lines = new ArrayList<>();
        for (OperatorContent operator : version.content().operators()) {
            for (StateContent state : operator.states()) {
                StateName name = new StateName(operator.name(), state.schema().name());
                lines.add(compare(name, state.schema(), now.remove(name)));
            }
        }
        now.forEach((name, schema) -> {
            if (schema.form() != StateSchema.Form.IN_FLIGHT) {
                lines.add(new StateLine(
                        name.operator(), name.state(), Verdict.NEW, "starts empty as " + schema.describe()));
            }
        });
        return new CompatibilityReport(lines);
    }

    private static StateLine compare(StateName name, StateSchema stored, @Nullable StateSchema declared) {
        if (declared == null) {
            return new StateLine(
                    name.operator(),
                    name.state(),
                    Verdict.DROPPED,
                    "the pipeline has no such state; stored as " + stored.describe());
        }
        if (declared.equals(stored)) {
            return new StateLine(name.operator(), name.state(), Verdict.UNCHANGED, "");
        }
        if (stored.form() == StateSchema.Form.IN_FLIGHT) {
            return new StateLine(
                    name.operator(),
                    name.state(),
                    Verdict.INCOMPATIBLE,
                    "rows on their way to the operator were %s and are %s now; a version that holds none, such as one that was taken aligned, can be restored"
                            .formatted(stored.describe(), declared.describe()));
        }
        SchemaEvolution evolution = SchemaEvolution.between(stored, declared);
        return new StateLine(
                name.operator(),
                name.state(),
                evolution.compatible() ? Verdict.COMPATIBLE : Verdict.INCOMPATIBLE,
                evolution.explanation());
    }

    /** What identifies a state. */
    private record StateName(String operator, String state) {}
}
