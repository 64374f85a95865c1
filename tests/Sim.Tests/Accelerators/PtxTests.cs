using System.Globalization;
using System.Text.RegularExpressions;
using HilRig.Sim.Accelerators;
using HilRig.Sim.Accelerators.Kernels;
using HilRig.Sim.Batch;
using HilRig.Sim.Mjcf;
using HilRig.Sim.Scalars;
using HilRig.Sim.Tests.Support;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;

namespace HilRig.Sim.Tests.Accelerators;

/// <summary>
/// The text that an NVIDIA driver would be given. It is made without a GPU; what a GPU makes of it
/// is not tested here.
/// </summary>
internal sealed partial class PtxTests
{
    private const double SizeTolerance = 1.5;

    private Context _context = null!;
    private PTXBackend _backend = null!;

    // What it has read of the phases serves all tests.
    [OneTimeSetUp]
    public void MakeCompiler()
    {
        _context = Context.Create(builder => builder.CPU().Optimize(OptimizationLevel.O2));
        _backend = new PTXBackend(
            _context, CudaArchitecture.SM_80, CudaInstructionSet.ISA_80, null!);
    }

    [OneTimeTearDown]
    public void CloseCompiler()
    {
        _backend.Dispose();
        _context.Dispose();
    }

    [Test]
    [CancelAfter(300_000)]
    public void Kernels_call_nothing_approximate_nothing_and_know_no_double()
    {
        string ptx = Compile(((Delegate)StepKernel<G32>.Run).Method, null)
            + Compile(((Delegate)StepKernel<G32>.Derive).Method, null);
        Assert.Multiple(() =>
        {
            Assert.That(ptx, Does.Contain("Kernel_Run").And.Contain("Kernel_Derive"));
            Assert.That(ptx, Does.Not.Contain(".extern"));
            Assert.That(Calls().Count(ptx), Is.Zero, "calls");
            Assert.That(ptx, Does.Not.Contain(".approx"));
            Assert.That(ptx, Does.Not.Contain(".f64"));
            Assert.That(ptx, Does.Contain("ld.global.f32").And.Not.Contain("ld.f32"));
        });
    }

    [TestCase("arm7")]
    [TestCase("arm-box")]
    [TestCase("quadruped")]
    [CancelAfter(300_000)]
    public void The_page_states_the_size_of_a_models_kernel(string name)
    {
        var model = new PackedModel(
            MjcfLoader.Load(Path.Combine(TestFiles.FixtureModels, name + ".xml")));
        string ptx = Compile(((Delegate)StepKernel<G32>.Run).Method, new ModelFolding(model));
        int instructions = Instructions().Count(ptx);
        int local = Locals().Matches(ptx)
            .Sum(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
        int envBytes = (model.At.WorkCount * sizeof(float)) + (model.At.IndexCount * sizeof(int));
        string row = string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {instructions} | {local} | {ptx.Length / 1024} | {envBytes} |");
        TestContext.Out.WriteLine(row);
        string[] page = File.ReadAllLines(Path.Combine(TestFiles.Root, "docs", "gpu.md"));
        string? stated = page.LastOrDefault(
            line => line.StartsWith($"| {name} |", StringComparison.Ordinal));
        Assert.That(stated, Is.Not.Null, $"docs/gpu.md lacks {row}");
        int[] numbers = [.. stated.Split('|')[2..6].Select(
            cell => int.Parse(cell, CultureInfo.InvariantCulture))];
        Assert.Multiple(() =>
        {
            Near(numbers[0], instructions, row);
            Assert.That(local, Is.EqualTo(numbers[1]), row);
            Near(numbers[2], ptx.Length / 1024, row);
            Near(numbers[3], envBytes, row);
        });
    }

    private static void Near(double stated, double found, string row) =>
        Assert.That(
            found, Is.InRange(stated / SizeTolerance, stated * SizeTolerance), $"now {row}");

    private string Compile(System.Reflection.MethodInfo kernel, ModelFolding? folding)
    {
        var compiled = (PTXCompiledKernel)DeviceCompiler.Compile(
            _backend, EntryPointDescription.FromImplicitlyGroupedKernel(kernel), folding);
        return compiled.PTXAssembly;
    }

    [GeneratedRegex(@"^\s*call", RegexOptions.Multiline)]
    private static partial Regex Calls();

    [GeneratedRegex(@"^\t(?!\.)[^\n]*;$", RegexOptions.Multiline)]
    private static partial Regex Instructions();

    [GeneratedRegex(@"\.local[^\n]*\[(\d+)\];", RegexOptions.Multiline)]
    private static partial Regex Locals();
}
