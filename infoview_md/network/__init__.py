"""Who knows whom: records in, the contact network out. Pure: touches no disk, clock or terminal."""
