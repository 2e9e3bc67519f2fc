/**
 * Runs user functions as the engine's operators: their keyed state is decoded once a key and batch, kept decoded while the key is
 * in use, and encoded before a snapshot.
 *
 * <p>May use the other rooms of the API, {@code engine.operator}, {@code engine.element} and {@code state}. Must never know
 * graphs, checkpoints or plug-in jars.
 */
@NullMarked
package io.strandline.api.operator;

import org.jspecify.annotations.NullMarked;
