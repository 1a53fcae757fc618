package io.jenkins.plugins.baton.jenkins.step;

import java.io.ObjectStreamException;
import java.util.function.Consumer;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/** Where a measuring node reports to. */
public interface FiguresSink {
    /** @param json of the figures up to now */
    void take(String json);

    /** The controller's end; what arrives on a node is a proxy of it. */
    final class Hearer implements FiguresSink, SerializableOnlyOverRemoting {
        private static final long serialVersionUID = 1;

        private final transient Consumer<String> consumer;

        Hearer(Consumer<String> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void take(String json) {
            consumer.accept(json);
        }

        private Object writeReplace() throws ObjectStreamException {
            return getChannelForSerialization().export(FiguresSink.class, this);
        }
    }
}
