using System.Diagnostics;
using System.Text;
using HilRig.Core.Errors;

namespace HilRig.Sim.Accelerators;

/// <summary>
/// What a device's compiler says while kernels are loaded. ILGPU writes it to the trace only, and
/// its exception has none of it.
/// </summary>
internal sealed class CompilerLog : TraceListener
{
    private const int LengthMax = 4000;

    private readonly StringBuilder _text = new();

    /// <summary>Loads a kernel.</summary>
    /// <exception cref="RigException">The device's compiler refuses it.</exception>
    public static TKernel Listen<TKernel>(DeviceSession session, Func<TKernel> load)
    {
        using var log = new CompilerLog();
        _ = Trace.Listeners.Add(log);
        try
        {
            return load();
        }
        catch (ILGPU.Runtime.AcceleratorException fault)
        {
            string text = log._text.Length == 0 ? fault.Message : log._text.ToString();
            throw new RigException(
                "the device's compiler refuses a kernel",
                session.ToString(),
                found: text[..Math.Min(text.Length, LengthMax)],
                remedy: "another driver version; report this text",
                inner: fault);
        }
        finally
        {
            Trace.Listeners.Remove(log);
        }
    }

    /// <inheritdoc/>
    public override void Write(string? message) => _text.Append(message);

    /// <inheritdoc/>
    public override void WriteLine(string? message) => _text.AppendLine(message);
}
