package io.jenkins.plugins.baton.jenkins.node;

import java.io.ObjectStreamException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/** Whether the build wants a callable to end early. Set on the controller, asked from the Jenkins node. */
public interface CancellationSignal {
    boolean isSet();

    /** The controller's end; what arrives on a node is a proxy of it. */
    final class Switch implements CancellationSignal, SerializableOnlyOverRemoting {
        private static final long serialVersionUID = 1;

        private final AtomicBoolean set = new AtomicBoolean();

        public void set() {
            set.set(true);
        }

        @Override
        public boolean isSet() {
            return set.get();
        }

        private Object writeReplace() throws ObjectStreamException {
            return getChannelForSerialization().export(CancellationSignal.class, this);
        }
    }
}
