namespace HilRig.Recording.Mcap;

/// <summary>Tells "no room" from other write errors.</summary>
internal static class DiskFault
{
    // errno 28 ENOSPC, 122 EDQUOT, 27 EFBIG on Linux (69 EDQUOT on macOS); ERROR_DISK_FULL and
    // ERROR_HANDLE_DISK_FULL on Windows.
    private const int NoSpace = 28;
    private const int QuotaLinux = 122;
    private const int QuotaMac = 69;
    private const int FileTooBig = 27;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    public static bool IsFull(Exception? error) => error is IOException
    {
        HResult: NoSpace or QuotaLinux or QuotaMac or FileTooBig or WindowsDiskFull
            or WindowsHandleDiskFull,
    };
}
