package io.strandline.api.function;

import io.strandline.api.type.Type;

/**
 * A side output that a function declared.
 *
 * @param name unique in the operator
 * @param index from 1, in the order of declaration
 */
public record SideTag<T>(String name, Type<T> type, int index) {}
