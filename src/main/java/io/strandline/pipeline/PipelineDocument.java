package io.strandline.pipeline;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a job runs, with every default filled in. Values that a document may leave out without a default are null here.
 * {@link Pipelines} reads and checks it.
 *
 * @param name the job's name
 * @param parallelism subtasks of each operator, 1 to 16
 * @param maxParallelism number of key groups, fixed for the job's life
 * @param sources at least one
 * @param operators in the document's order, which need not be the order of the dataflow
 */
public record PipelineDocument(
        String name,
        @Nullable String description,
        int parallelism,
        int maxParallelism,
        List<SourceSpec> sources,
        List<OperatorSpec> operators,
        List<SinkSpec> sinks,
        CheckpointSpec checkpoints,
        StateSpec state,
        RestartSpec restart) {

    public PipelineDocument {
        sources = List.copyOf(sources);
        operators = List.copyOf(operators);
        sinks = List.copyOf(sinks);
    }

    /** Every node's name: sources, operators, sinks. */
    public List<String> nodeNames() {
        return Stream.of(
                        sources.stream().map(SourceSpec::name),
                        operators.stream().map(OperatorSpec::name),
                        sinks.stream().map(SinkSpec::name))
                .flatMap(names -> names)
                .toList();
    }

    /** The same pipeline with another parallelism, state backend or both; null leaves what is there. */
    public PipelineDocument with(@Nullable Integer newParallelism, StateSpec.@Nullable Backend newBackend) {
        return new PipelineDocument(
                name,
                description,
                newParallelism == null ? parallelism : newParallelism,
                maxParallelism,
                sources,
                operators,
                sinks,
                checkpoints,
                newBackend == null ? state : new StateSpec(newBackend, state.snapshots(), state.memoryBudgetBytes()),
                restart);
    }

    /** The same pipeline under another name. */
    public PipelineDocument named(String newName) {
        return new PipelineDocument(
                newName,
                description,
                parallelism,
                maxParallelism,
                sources,
                operators,
                sinks,
                checkpoints,
                state,
                restart);
    }

    /** The same pipeline with other operators. */
    public PipelineDocument with(List<OperatorSpec> others) {
        return new PipelineDocument(
                name, description, parallelism, maxParallelism, sources, others, sinks, checkpoints, state, restart);
    }

    /** The same pipeline with other sinks. */
    public PipelineDocument withSinks(List<SinkSpec> others) {
        return new PipelineDocument(
                name,
                description,
                parallelism,
                maxParallelism,
                sources,
                operators,
                others,
                checkpoints,
                state,
                restart);
    }

    /** The canonical form as JSON: fields in a fixed order, defaults filled in, no blank space; equal documents, equal text. */
    public String toJson() {
        return CanonicalForm.write(this);
    }
}
