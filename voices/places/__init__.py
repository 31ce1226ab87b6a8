"""Folders that lie elsewhere: on a shared disk, in an object store, behind SFTP or WebDAV."""
