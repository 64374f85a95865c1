using System.Reflection;
using HilRig.Core.Errors;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.IR;
using ILGPU.IR.Transformations;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace HilRig.Sim.Accelerators;

/// <summary>
/// Compiles a kernel for a device. The phases of a step have boundaries that the JIT must not
/// inline across; a device compiler must inline everything, or a pointer loses its address space.
/// So the same source goes through here: the boundaries are removed in ILGPU's own representation.
/// </summary>
internal static class DeviceCompiler
{
    private static readonly Transformer Inlining = Transformer.Create(
        TransformerConfiguration.Empty,
        new Inliner(),
        new SimplifyControlFlow(),
        new SSAConstruction(),
        new DeadCodeElimination(),
        new LowerStructures(),
        new DeadCodeElimination());

    private static readonly Transformer Pruning = Transformer.Create(
        TransformerConfiguration.Empty,
        new UnreachableCodeElimination(),
        new DeadCodeElimination(),
        new SimplifyControlFlow());

    private static readonly Transformer Narrowing = Transformer.Create(
        TransformerConfiguration.Empty, new NarrowConversions(), new DeadCodeElimination());

    /// <summary>Compiles and loads a kernel.</summary>
    /// <typeparam name="TLauncher">Stream, index and the kernel's parameters.</typeparam>
    /// <param name="session">The device.</param>
    /// <param name="kernel">The kernel: a static method whose first parameter is its index.</param>
    /// <param name="folding">The model that it is for; null when it is for all.</param>
    /// <exception cref="RigException">The device's compiler refuses it.</exception>
    public static TLauncher Load<TLauncher>(
        DeviceSession session, MethodInfo kernel, ModelFolding? folding)
        where TLauncher : Delegate =>
        CompilerLog.Listen(session, () =>
        {
            Accelerator device = session.Accelerator;
            EntryPointDescription entry = EntryPointDescription.FromImplicitlyGroupedKernel(kernel);
            Kernel loaded = device switch
            {
                CudaAccelerator cuda => device.LoadImplicitlyGroupedKernel(
                    Compile(cuda.Backend, entry, folding), session.GroupSize),
                CLAccelerator openCl => device.LoadImplicitlyGroupedKernel(
                    Compile(openCl.Backend, entry, folding), session.GroupSize),
                _ => device.LoadImplicitlyGroupedKernel(kernel, session.GroupSize),
            };
            return loaded.CreateLauncherDelegate<TLauncher>();
        });

    /// <summary>Compiles a kernel with everything inlined.</summary>
    public static CompiledKernel Compile(
        Backend backend, EntryPointDescription entry, ModelFolding? folding)
    {
        Method source = backend.PreCompileKernelMethod(entry);
        using IRContext context = source.ExtractToContext(out Method kernel);
        foreach (Method method in context.GetMethodCollection(new MethodCollections.AllMethods()))
        {
            if (method.HasImplementation && method != kernel)
            {
                method.AddFlags(MethodFlags.Inline);
            }
        }

        context.Transform(Inlining);
        if (folding is null)
        {
            return Finish(backend, entry, context, kernel);
        }

        context.Transform(Transformer.Create(TransformerConfiguration.Empty, folding));

        // A copy is built anew, and building folds what has become constant.
        using IRContext folded = kernel.ExtractToContext(out Method smaller);
        folded.Transform(Pruning);
        using IRContext again = smaller.ExtractToContext(out Method smallest);
        again.Transform(Pruning);
        return Finish(backend, entry, again, smallest);
    }

    private static CompiledKernel Finish(
        Backend backend, EntryPointDescription entry, IRContext context, Method kernel)
    {
        context.Optimize();
        context.Transform(Narrowing);
        return backend.Compile(kernel, entry, KernelSpecialization.Empty);
    }
}
