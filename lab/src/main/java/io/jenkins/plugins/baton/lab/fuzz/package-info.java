/** What the fuzz targets of all modules share: their limits, and the inputs that are tested every time. */
package io.jenkins.plugins.baton.lab.fuzz;
