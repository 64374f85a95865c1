namespace HilRig.Devices.Protocols.Feetech;

/// <summary>
/// What an instruction packet asks of a servo (Feetech SCS protocol manual, §1.2).
/// </summary>
public enum FeetechInstruction : byte
{
    /// <summary>Answer, whatever the response level.</summary>
    Ping = 0x01,

    /// <summary>Send the bytes at an address.</summary>
    Read = 0x02,

    /// <summary>Take bytes at an address at once.</summary>
    Write = 0x03,

    /// <summary>Take bytes at an address when <see cref="Action"/> comes.</summary>
    RegWrite = 0x04,

    /// <summary>Do what <see cref="RegWrite"/> prepared.</summary>
    Action = 0x05,

    /// <summary>Return the table to factory values.</summary>
    Reset = 0x06,

    /// <summary>Restart the firmware.</summary>
    Reboot = 0x08,

    /// <summary>Save the table.</summary>
    Backup = 0x09,

    /// <summary>Clear the turn counter and errors.</summary>
    StateReset = 0x0A,

    /// <summary>Re-zero the encoder. The driver never sends it.</summary>
    Calibrate = 0x0B,

    /// <summary>Several servos answer one after the other, in the order of the list.</summary>
    SyncRead = 0x82,

    /// <summary>Several servos each take their own bytes; none answers.</summary>
    SyncWrite = 0x83,
}
