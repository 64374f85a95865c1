namespace HilRig.Core.RealTime.Kit;

/// <summary>
/// Asks the kernel to keep processors out of idle states that take long to leave, for as long as
/// this lives (Documentation/power/pm_qos_interface.rst).
/// </summary>
internal sealed class ProcessorLatency : IDisposable
{
    private const string Device = "/dev/cpu_dma_latency";
    private FileStream? _request;

    /// <summary>Writes the request.</summary>
    public RealTimeGrant Hold()
    {
        if (!File.Exists(Device))
        {
            return Unheld("there is no " + Device);
        }

        try
        {
            // The request (four bytes, microseconds) holds for as long as the file is open.
            _request = new FileStream(
                Device, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            Span<byte> zeroMicroseconds = stackalloc byte[sizeof(int)];
            zeroMicroseconds.Clear();
            _request.Write(zeroMicroseconds);
            return new(RealTimeFeature.ProcessorLatency, true, Device + " held at 0");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Dispose();
            return Unheld(error.Message);
        }
    }

    /// <summary>Lets processors idle again.</summary>
    public void Dispose()
    {
        _request?.Dispose();
        _request = null;
    }

    private static RealTimeGrant Unheld(string why) => new(
        RealTimeFeature.ProcessorLatency, false, why)
    {
        Remedy = RealTimeRemedies.ProcessorLatency,
    };
}
