namespace HilRig.Recording.Tests.Support;

/// <summary>
/// A file on a disk with little room: takes bytes until the quota, writes what still fits, then
/// fails the way Linux does (ENOSPC).
/// </summary>
internal sealed class QuotaStream(FileStream file, long quotaBytes) : Stream
{
    private const int NoSpace = 28;

    public override bool CanRead => false;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => file.Length;

    public override long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    public override void Flush() => file.Flush();

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    public override void SetLength(long value) => file.SetLength(value);

    public override void Write(byte[] buffer, int offset, int count) =>
        Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        long room = quotaBytes - file.Position;
        if (buffer.Length <= room)
        {
            file.Write(buffer);
            return;
        }

        file.Write(buffer[..(int)Math.Max(0, room)]);
        throw new IOException("No space left on device", NoSpace);
    }

    protected override void Dispose(bool disposing)
    {
        file.Dispose();
        base.Dispose(disposing);
    }
}
