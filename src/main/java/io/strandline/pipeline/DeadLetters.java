package io.strandline.pipeline;

/**
 * Where records go that cannot be processed.
 *
 * @param path directory under the first files root
 * @param max how many one run may put there; one more fails the job
 */
public record DeadLetters(String path, long max) {}
