package io.strandline.expression.kernel;

/** {@code condition ? yes : no}: each side is evaluated only at its own rows, so that the other's faults do not matter. */
final class Conditional {

    private Conditional() {}

    static Kernel of(Kernel condition, Kernel yes, Kernel no) {
        Split split = new Split((LongKernel) condition);
        if (yes instanceof LongKernel a && no instanceof LongKernel b) {
            return new Longs(split, a, b);
        }
        if (yes instanceof DoubleKernel a && no instanceof DoubleKernel b) {
            return new Doubles(split, a, b);
        }
        return new Objects(split, (ObjectKernel) yes, (ObjectKernel) no);
    }

    /** The rows of each side; rows whose condition has a fault are on neither. */
    private static final class Split {

        private final LongKernel condition;
        private final Faults own = new Faults();
        private final Rows yes = new Rows();
        private final Rows no = new Rows();

        Split(LongKernel condition) {
            this.condition = condition;
        }

        void split(Rows rows, Faults faults) {
            long[] holds = condition.evaluate(rows, own.clear());
            yes.noneOf(rows);
            no.noneOf(rows);
            for (int k = 0; k < rows.count(); k++) {
                int row = rows.at(k);
                if (own.has(row)) {
                    faults.add(own.at(row));
                } else if (holds[row] != 0) {
                    yes.add(row);
                } else {
                    no.add(row);
                }
            }
        }
    }

    /** For values that lie in longs. */
    private static final class Longs extends LongKernel {

        private final Split split;
        private final LongKernel yes;
        private final LongKernel no;

        Longs(Split split, LongKernel yes, LongKernel no) {
            super(yes.type());
            this.split = split;
            this.yes = yes;
            this.no = no;
        }

        @Override
        long[] evaluate(Rows rows, Faults faults) {
            split.split(rows, faults);
            long[] out = scratch(rows);
            copy(split.yes, yes, out, faults);
            copy(split.no, no, out, faults);
            return out;
        }

        private static void copy(Rows rows, LongKernel from, long[] out, Faults faults) {
            long[] values = from.evaluate(rows, faults);
            for (int k = 0; k < rows.count(); k++) {
                out[rows.at(k)] = values[rows.at(k)];
            }
        }
    }

    /** For doubles. */
    private static final class Doubles extends DoubleKernel {

        private final Split split;
        private final DoubleKernel yes;
        private final DoubleKernel no;

        Doubles(Split split, DoubleKernel yes, DoubleKernel no) {
            this.split = split;
            this.yes = yes;
            this.no = no;
        }

        @Override
        double[] evaluate(Rows rows, Faults faults) {
            split.split(rows, faults);
            double[] out = scratch(rows);
            copy(split.yes, yes, out, faults);
            copy(split.no, no, out, faults);
            return out;
        }

        private static void copy(Rows rows, DoubleKernel from, double[] out, Faults faults) {
            double[] values = from.evaluate(rows, faults);
            for (int k = 0; k < rows.count(); k++) {
                out[rows.at(k)] = values[rows.at(k)];
            }
        }
    }

    /** For strings. */
    private static final class Objects extends ObjectKernel {

        private final Split split;
        private final ObjectKernel yes;
        private final ObjectKernel no;

        Objects(Split split, ObjectKernel yes, ObjectKernel no) {
            this.split = split;
            this.yes = yes;
            this.no = no;
        }

        @Override
        Object[] evaluate(Rows rows, Faults faults) {
            split.split(rows, faults);
            Object[] out = scratch(rows);
            copy(split.yes, yes, out, faults);
            copy(split.no, no, out, faults);
            return out;
        }

        private static void copy(Rows rows, ObjectKernel from, Object[] out, Faults faults) {
            Object[] values = from.evaluate(rows, faults);
            for (int k = 0; k < rows.count(); k++) {
                out[rows.at(k)] = values[rows.at(k)];
            }
        }
    }
}
