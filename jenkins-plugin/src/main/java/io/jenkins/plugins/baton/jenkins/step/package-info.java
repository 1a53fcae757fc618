/** The pipeline steps, a file each. They look up what Jenkins knows and let the build's node do the work. */
package io.jenkins.plugins.baton.jenkins.step;
