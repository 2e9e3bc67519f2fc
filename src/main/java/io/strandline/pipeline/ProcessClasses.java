package io.strandline.pipeline;

import io.strandline.expression.RowSchema;
import io.strandline.pipeline.CheckedNode.SideOutput;
import java.util.List;

/** Knows the classes that {@code process} operators may name. Safe for any number of threads. */
@FunctionalInterface
public interface ProcessClasses {

    /**
     * Makes a trial object of the class that an operator names.
     *
     * @param input the rows it would read
     * @throws UnusableClassException when there is no such class, or it cannot be used so
     */
    Signature check(OperatorSpec.Process spec, RowSchema input) throws UnusableClassException;

    /** What there is where plug-ins are off. */
    static ProcessClasses none() {
        return (spec, input) -> {
            throw new UnusableClassException(
                    "/class",
                    "plug-ins are off; set strandline.plugins.dir to a directory of jars and start the server anew");
        };
    }

    /**
     * What a class does with such rows.
     *
     * @param jar the digest of the jar that it comes from
     * @param states the names of the states it keeps
     */
    record Signature(RowSchema output, List<SideOutput> sideOutputs, String jar, List<String> states) {

        public Signature {
            sideOutputs = List.copyOf(sideOutputs);
            states = List.copyOf(states);
        }
    }

    /** A class cannot be used as an operator names it. */
    final class UnusableClassException extends Exception {

        private static final long serialVersionUID = 1L;

        private final String place;

        /** @param place where in the operator's object the mistake is, such as {@code /class} */
        public UnusableClassException(String place, String detail) {
            super(detail);
            this.place = place;
        }

        /** Where in the operator's object the mistake is. */
        public String place() {
            return place;
        }
    }
}
