package io.strandline.runner;

/** Opens a listener for an instance that is about to start: for those who want to hear of attempts and ends besides whoever started it. */
public interface InstanceListeners {

    /** The listener to the instance of {@code spec}. */
    InstanceListener listenTo(InstanceSpec spec);
}
