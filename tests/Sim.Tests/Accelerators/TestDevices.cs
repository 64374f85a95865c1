using System.Diagnostics.CodeAnalysis;
using HilRig.Core.Errors;
using HilRig.Sim.Accelerators;

namespace HilRig.Sim.Tests.Accelerators;

/// <summary>The devices of the tests, opened once; kernels are compiled once.</summary>
[SetUpFixture]
[SuppressMessage(
    "Structure", "NUnit1032", Justification = "Closed once, at the end.")]
internal sealed class TestDevices
{
    private static DeviceSession? _openCl;
    private static DeviceSession? _emulation;

    /// <summary>PoCL, or whatever OpenCL device there is.</summary>
    public static DeviceSession OpenCl()
    {
        try
        {
            return _openCl ??= DeviceSession.Open(DeviceKind.OpenCl);
        }
        catch (Exception fault) when (fault is RigException or DllNotFoundException)
        {
            Requirement.Unmet("opencl", fault.Message);
            throw;
        }
    }

    /// <summary>ILGPU's own CPU device.</summary>
    public static DeviceSession Emulation() =>
        _emulation ??= DeviceSession.Open(DeviceKind.Emulation);

    [OneTimeSetUp]
    public void TakeAnyOpenClDevice() =>
        Environment.SetEnvironmentVariable(DeviceSearch.AnyOpenClVariable, "1");

    [OneTimeTearDown]
    public void Close()
    {
        _openCl?.Dispose();
        _emulation?.Dispose();
        _openCl = null;
        _emulation = null;
    }
}
