package io.strandline.engine.element;

/** What travels in a channel, in order. The end of input is {@link Watermark#END}: a drained source still forwards barriers. */
public sealed interface Element permits Batch, Watermark, Barrier {}
