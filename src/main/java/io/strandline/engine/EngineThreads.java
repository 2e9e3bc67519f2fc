package io.strandline.engine;

import io.strandline.engine.task.Workers;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/**
 * The engine's threads.
 *
 * @param workers step subtasks
 * @param control the one thread that coordinators run on and listeners are called by
 * @param blocking whatever may block
 * @param fatal told of errors after which the process should end
 */
record EngineThreads(Workers workers, ScheduledExecutorService control, Executor blocking, Consumer<Throwable> fatal) {}
