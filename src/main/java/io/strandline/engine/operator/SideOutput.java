package io.strandline.engine.operator;

import io.strandline.engine.element.RowType;

/**
 * A stream that an operator emits beside its main one, such as rows that came too late.
 *
 * @param name unique among the operator's outputs; a pipeline reads it as {@code operator.name}
 * @param type its rows
 */
public record SideOutput(String name, RowType type) {}
