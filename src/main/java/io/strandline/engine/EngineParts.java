package io.strandline.engine;

/** What every instance of an engine shares. */
record EngineParts(EngineSettings settings, EngineClocks clocks, EngineThreads threads) {}
