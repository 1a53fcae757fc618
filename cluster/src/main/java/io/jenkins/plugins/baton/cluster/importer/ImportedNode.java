package io.jenkins.plugins.baton.cluster.importer;

import java.net.InetAddress;
import java.util.Optional;

/**
 * @param interfaceName where it differs from the virtual router's
 * @param comment where the facts came from
 */
record ImportedNode(String name, InetAddress address, int priority, Optional<String> interfaceName, String comment) {}
