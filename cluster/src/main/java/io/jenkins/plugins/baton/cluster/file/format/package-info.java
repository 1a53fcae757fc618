/**
 * A small language to describe the keys of a file: from one description come reading, messages, defaults and the JSON
 * Schema.
 */
package io.jenkins.plugins.baton.cluster.file.format;
