using System.Runtime.InteropServices;
using HilRig.Core.Errors;
using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace HilRig.Sim.Accelerators;

/// <summary>Finds the devices of this machine.</summary>
internal static class DeviceSearch
{
    /// <summary>
    /// Set to 1, takes OpenCL devices that do not claim the generic address space too, such as
    /// PoCL's. The kernels do not use it, but ILGPU asks for it. For tests.
    /// </summary>
    public const string AnyOpenClVariable = "HILRIG_ANY_OPENCL";

    /// <summary>A context that knows the devices of a kind, if there are any.</summary>
    public static Context Find(DeviceKind kind) => Context.Create(builder =>
    {
        // Only O2 finds out that memory is global; O1 leaves it generic.
        _ = builder.Optimize(OptimizationLevel.O2);
        _ = kind switch
        {
            DeviceKind.Cuda => builder.Cuda(),
            DeviceKind.OpenCl => builder.OpenCL(IsUsable),
            DeviceKind.Emulation => builder.CPU(),
        };
    });

    /// <summary>Whether a device is of a kind.</summary>
    public static bool IsOf(Device device, DeviceKind kind) => kind switch
    {
        DeviceKind.Cuda => device is CudaDevice,
        DeviceKind.OpenCl => device is CLDevice,
        DeviceKind.Emulation => device is CPUDevice,
    };

    /// <summary>Whether this machine has a CUDA device. Cheap where there is no driver.</summary>
    public static bool HasCuda()
    {
        string driver = OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";
        if (!NativeLibrary.TryLoad(driver, out nint library))
        {
            return false;
        }

        NativeLibrary.Free(library);
        using Context context = Find(DeviceKind.Cuda);
        return context.Devices.Any(device => device is CudaDevice);
    }

    /// <summary>The error that there is no device of a kind: what was found, what to do.</summary>
    public static RigException None(DeviceKind kind) => kind switch
    {
        DeviceKind.Cuda => new RigException(
            "no CUDA device",
            "--backend cuda",
            "an NVIDIA GPU and its driver (libcuda.so.1 or nvcuda.dll)",
            Found(kind),
            "install the NVIDIA driver and see that nvidia-smi lists the GPU; or --backend simd"),
        DeviceKind.OpenCl => new RigException(
            "no usable OpenCL device",
            "--backend opencl",
            "a device with OpenCL 2.0 or 3.0 that has the generic address space",
            Found(kind),
            "install the GPU's OpenCL driver and see that clinfo -l lists it; or --backend simd"),
        DeviceKind.Emulation => new RigException("no CPU device of ILGPU", "--backend ilgpu-cpu"),
    };

    private static string Found(DeviceKind kind)
    {
        try
        {
            using Context all = Context.Create(builder => _ = kind == DeviceKind.Cuda
                ? builder.Cuda(_ => true)
                : builder.OpenCL(_ => true));
            string[] names = [.. all.Devices.Select(device => device is CLDevice openCl
                ? $"{openCl.Name} ({openCl.CLStdVersion}, generic address space: "
                    + $"{(openCl.Capabilities.GenericAddressSpace ? "yes" : "no")})"
                : device.Name)];
            return names.Length == 0 ? "none" : string.Join(", ", names);
        }
        catch (DllNotFoundException fault)
        {
            return fault.Message;
        }
    }

    private static bool IsUsable(CLDevice device)
    {
        if (device.CLStdVersion < CLBackend.MinimumVersion)
        {
            return false;
        }

        if (Environment.GetEnvironmentVariable(AnyOpenClVariable) == "1")
        {
            // The setter is not public.
            typeof(CLCapabilityContext)
                .GetProperty(nameof(device.Capabilities.GenericAddressSpace))!
                .SetValue(device.Capabilities, true);
        }

        return device.Capabilities.GenericAddressSpace;
    }
}
