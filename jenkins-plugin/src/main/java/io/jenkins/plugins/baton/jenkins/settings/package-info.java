/** What an administrator configures once: named clusters. */
package io.jenkins.plugins.baton.jenkins.settings;
