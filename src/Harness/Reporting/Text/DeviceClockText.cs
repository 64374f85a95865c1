using System.Globalization;
using HilRig.Harness.Results;

namespace HilRig.Harness.Reporting.Text;

/// <summary>How a device that sets the pace was answered, in words, for both reports.</summary>
internal static class DeviceClockText
{
    /// <summary>One sentence.</summary>
    public static string Sentence(DeviceClockReport device) => string.Create(
        CultureInfo.InvariantCulture,
        $"The device set the pace: {device.AnswersLost} of its packets were not answered in time "
        + $"(at most {device.LongestLoss} in a row), control_command_success_rate "
        + $"{device.ControlCommandSuccessRate:0.00} at the end, "
        + $"{device.ControlCommandSuccessRateMin:0.00} at worst; {device.PacketsMissed} packets "
        + $"did not arrive, {device.CyclesLeftOut} cycles it left out itself.");
}
